import ballerina/time;

type Buyer record {
    string fullName;
    string mail;
    string? tel;
};

type InvoiceTo record {
    string line1;
    string town;
    string zip;
};

type DeliverTo record {
    string line1;
    string town;
    string zip;
};

type Position record {
    int pieces;
    string article;
    decimal price;
};

type Sum record {
    decimal gross;
};

public type WebOrder record {
    string number;
    time:Utc created;
    Buyer buyer;
    InvoiceTo invoiceTo;
    DeliverTo deliverTo;
    Position position;
    Sum sum;
};
