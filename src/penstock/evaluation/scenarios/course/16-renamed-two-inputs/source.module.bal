import ballerina/time;

public type Module record {|
    string code;
    string heading;
    string taughtBy;
    int ectsPoints;
    time:Date beginsOn;
    int maxSeats;
    decimal charge;
    time:Date endsOn;
|};
