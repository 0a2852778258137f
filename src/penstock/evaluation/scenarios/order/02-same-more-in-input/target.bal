import ballerina/time;

enum OrderStatus {
    OPEN,
    PAID,
    SHIPPED,
    CANCELLED
}

public type Order record {|
    string orderNumber;
    OrderStatus orderStatus;
    string customerName;
    string customerEmail;
    string shippingStreet;
    string shippingCity;
    string shippingPostcode;
    string shippingCountry;
    string sku;
    int quantity;
    float unitPrice;
    float totalAmount;
    string? notes;
    time:Utc orderedAt;
|};
