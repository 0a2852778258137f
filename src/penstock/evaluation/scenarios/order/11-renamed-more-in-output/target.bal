import ballerina/time;

public type InvoiceHeader record {|
    string invoiceNumber;
    time:Date issueDate;
    time:Date paymentDueDate;
    string orderReference;
    string customerNumber;
    string customerName;
    string? vatRegistrationNumber;
    string billingStreet;
    time:Date? paymentDate;
    string billingCity;
    string billingPostalCode;
    decimal subtotal;
    string? customsNumber;
    string? bankName;
    time:Date? deliveryDate;
    decimal taxTotal;
    decimal totalDue;
    string currencyCode;
    decimal? depositPaid;
    string paymentTerms;
|};
