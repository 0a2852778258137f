import ballerina/time;

enum Status {
    OPEN,
    PAID,
    SHIPPED,
    CANCELLED
}

type Head record {|
    string poNumber;
    time:Date orderDate;
    Status status;
|};

type Partner record {|
    string customerNumber;
    string? contactName;
    string name;
    string emailAddress;
|};

type Shipment record {|
    string addressLine;
    string town;
    string postalCode;
    float weightKg;
|};

type Amounts record {|
    float net;
    float taxAmount;
    float gross;
    string currency;
|};

public type PurchaseOrder record {|
    Head head;
    Partner partner;
    Shipment shipment;
    Amounts amounts;
|};
