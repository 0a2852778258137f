public type FlatOrder record {
    string orderNumber;
    string customerName;
    string customerEmail;
    string billingCity;
    string billingStreet;
    string billingPostcode;
    string billingCountry;
    string shippingStreet;
    string shippingCity;
    string shippingPostcode;
    string shippingCountry;
    string sku;
    int quantity;
    float unitPrice;
    float totalAmount;
    boolean paid;
};
