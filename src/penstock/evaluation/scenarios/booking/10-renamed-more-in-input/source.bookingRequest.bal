import ballerina/time;

public type BookingRequest record {|
    string confirmationCode;
    string guestFullName;
    string contactEmail;
    string? mobile;
    string town;
    string property;
    time:Date fromDate;
    decimal rackRate;
    time:Utc lastChangedOn;
    string? agentEmail;
    time:Date untilDate;
    string boardType;
    int infants;
    int kids;
    int grownUps;
    decimal nightlyRate;
    decimal grandTotal;
    time:Utc placedOn;
    time:Date invoiceDate;
|};
