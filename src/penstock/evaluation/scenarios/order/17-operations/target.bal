import ballerina/time;

enum OrderStatus {
    OPEN,
    PAID,
    SHIPPED,
    CANCELLED
}

type OrderItem record {|
    string productCode;
    string productName;
    int quantity;
    decimal unitPrice;
|};

public type SalesOrder record {|
    string orderNumber;
    time:Date orderDate;
    time:Civil receivedAt;
    OrderStatus orderStatus;
    boolean isPaid;
    string customerId;
    string contactName;
    string? primaryEmail;
    OrderItem[] items;
    int itemCount;
    decimal? netTotal;
    decimal grandTotal;
    string currencyCode;
    int paymentTermDays;
    decimal weightKg;
    string? warehouseCode;
    string? carrierName;
    string[] tags;
|};
