import ballerina/time;

type Learner record {
    string no;
    string given;
    string family;
    string mail;
};

type Unit record {
    string code;
    string label;
    int points;
};

type Teacher record {
    string fullName;
    string mail;
};

type Timeframe record {
    time:Date from;
    time:Date to;
};

type Outcome record {
    string? mark;
    decimal presence;
    boolean success;
};

public type LmsEnrolment record {
    string key;
    Learner learner;
    Unit unit;
    Teacher teacher;
    Timeframe timeframe;
    Outcome outcome;
};
