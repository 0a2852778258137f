import ballerina/time;

type Contact record {|
    string firstName;
    string lastName;
    string email;
|};

type Billing record {|
    string country;
    float totalPrice;
    string currency;
    float? deposit;
    boolean prepaid;
|};

type Reservation record {|
    time:Date arrival;
    time:Date departure;
    int nights;
    string bookingId;
|};

type Party record {|
    int adults;
    int children;
    int[] kidsAges;
|};

public type BookingSummary record {|
    Contact contact;
    Billing billing;
    Reservation reservation;
    Party party;
|};
