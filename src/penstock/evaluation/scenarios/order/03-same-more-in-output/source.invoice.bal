import ballerina/time;

public type Invoice record {|
    string invoice_number;
    time:Date invoice_date;
    string order_number;
    time:Date due_date;
    string customer_id;
    string customer_name;
    string? vat_number;
    string billing_city;
    string billing_street;
    string billing_postcode;
    string billing_country;
    decimal net_amount;
    decimal tax_amount;
    decimal total_amount;
    string currency;
|};
