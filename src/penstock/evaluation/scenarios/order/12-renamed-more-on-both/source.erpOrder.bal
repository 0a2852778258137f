import ballerina/time;

public type ErpOrder record {|
    string docNo;
    time:Date docDate;
    string partnerNo;
    string? partnerContact;
    string partnerName;
    string materialNo;
    string materialText;
    int orderQty;
    int shippedQty;
    decimal headerDiscount;
    decimal netPrice;
    decimal netValue;
    decimal standardCost;
    decimal grossValue;
    string docCurrency;
    string payTerms;
    string salesPerson;
    string supplierMaterialNo;
    time:Date quotationDate;
    decimal openBalance;
|};
