import ballerina/time;

public type Stay record {|
    string code;
    string house;
    string roomKind;
    time:Date firstDay;
    decimal sumTotal;
    time:Date lastDay;
    string deskPhone;
    string ccy;
    int noOfNights;
    string? wishes;
|};
