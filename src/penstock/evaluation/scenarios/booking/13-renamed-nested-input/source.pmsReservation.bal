import ballerina/time;

type Guest record {
    string familyName;
    string givenName;
    string mail;
    string? tel;
    string residence;
};

type Property record {
    string title;
    string place;
    string tel;
};

type Period record {
    time:Date begin;
    time:Date end;
};

type Unit record {
    string category;
    string? no;
};

type Charges record {
    decimal? prepayment;
    decimal gross;
    string currencyIso;
};

public type PmsReservation record {
    string confNo;
    Guest guest;
    Property property;
    Period period;
    Unit unit;
    Charges charges;
};
