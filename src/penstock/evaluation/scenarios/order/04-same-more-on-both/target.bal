import ballerina/time;

public type CustomerOrder record {|
    string order_number;
    time:Date order_date;
    string order_status;
    string customer_id;
    string customer_name;
    string? contact_name;
    time:Date? warranty_until;
    int? package_count;
    string? customer_phone;
    string? return_reason;
    string? pickup_point;
    string product_name;
    string sku;
    int quantity;
    decimal unit_price;
    decimal discount;
    decimal shipping_cost;
    decimal total_amount;
    boolean gift_wrap;
    string? campaign_code;
|};
