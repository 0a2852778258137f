import ballerina/time;

enum OrderStatus {
    OPEN,
    PAID,
    SHIPPED,
    CANCELLED
}

type Customer record {|
    string customerId;
    string customerName;
    string customerEmail;
|};

type Delivery record {|
    string shippingStreet;
    string shippingCity;
    string shippingPostcode;
    string shippingCountry;
    string? carrier;
|};

type Amounts record {|
    decimal netAmount;
    decimal shippingCost;
    decimal taxAmount;
    decimal totalAmount;
    string currency;
|};

public type Order record {|
    string orderNumber;
    time:Date orderDate;
    OrderStatus orderStatus;
    Customer customer;
    Delivery delivery;
    Amounts amounts;
    string[] tags;
|};
