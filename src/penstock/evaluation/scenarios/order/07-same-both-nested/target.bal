import ballerina/time;

enum OrderStatus {
    OPEN,
    PAID,
    SHIPPED,
    CANCELLED
}

type Document record {|
    string orderNumber;
    time:Date orderDate;
    string? vatNumber;
    time:Date dueDate;
|};

type State record {|
    OrderStatus orderStatus;
    string paymentMethod;
    boolean paid;
|};

type Totals record {|
    string currency;
    decimal taxAmount;
    decimal netAmount;
    decimal totalAmount;
|};

type Buyer record {|
    string customerId;
    string customerName;
    string customerEmail;
|};

public type OrderMessage record {|
    Document document;
    State state;
    Totals totals;
    Buyer buyer;
|};
