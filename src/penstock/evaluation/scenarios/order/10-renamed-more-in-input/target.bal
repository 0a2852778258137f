import ballerina/time;

public type SalesOrder record {
    string orderNumber;
    time:Utc orderTime;
    string customerName;
    string customerEmail;
    string? customerPhone;
    string shipToStreet;
    string shipToCity;
    string shipToPostalCode;
    string sku;
    int quantity;
    float unitPrice;
    float shippingCost;
    float totalAmount;
    boolean paid;
};
