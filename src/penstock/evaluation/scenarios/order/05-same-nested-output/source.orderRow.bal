import ballerina/time;

enum OrderStatus {
    OPEN,
    PAID,
    SHIPPED,
    CANCELLED
}

public type OrderRow record {|
    string orderNumber;
    OrderStatus orderStatus;
    time:Date orderDate;
    string customerId;
    string customerName;
    string customerEmail;
    string shippingStreet;
    string shippingCity;
    string shippingPostcode;
    string? carrier;
    string shippingCountry;
    decimal netAmount;
    decimal taxAmount;
    decimal shippingCost;
    decimal totalAmount;
    string currency;
    string[] tags;
|};
