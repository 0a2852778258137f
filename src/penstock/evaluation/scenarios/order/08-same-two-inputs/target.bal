import ballerina/time;

public type Invoice record {|
    string orderNumber;
    time:Date orderDate;
    string sku;
    string productName;
    int quantity;
    decimal unitPrice;
    decimal totalAmount;
    string currency;
    string customerId;
    string customerName;
    string? vatNumber;
    string billingStreet;
    string billingCity;
    string billingPostcode;
    string billingCountry;
|};
