import ballerina/time;

public type Order record {
    string orderNumber;
    time:Date orderDate;
    string sku;
    string productName;
    int quantity;
    decimal unitPrice;
    decimal totalAmount;
    string currency;
};
