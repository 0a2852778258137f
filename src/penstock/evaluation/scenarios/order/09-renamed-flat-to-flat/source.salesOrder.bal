import ballerina/time;

public type SalesOrder record {|
    string orderNo;
    time:Date placedOn;
    string custNo;
    string custName;
    string articleNo;
    string mailAddr;
    string articleText;
    int qty;
    decimal pricePerPiece;
    decimal rebate;
    decimal vat;
    decimal grossTotal;
    string ccy;
    string payType;
    string? remark;
|};
