import ballerina/time;

type Learner record {|
    string number;
    string givenName;
    string familyName;
    time:Date birthday;
    string studyProgramme;
|};

type Unit record {|
    string code;
    string title;
    int creditPoints;
    string lecturer;
|};

type Assessment record {|
    string? grade;
    decimal? points;
    boolean passed;
    time:Date? examDate;
|};

public type EnrolmentMessage record {|
    string id;
    Learner learner;
    Unit unit;
    Assessment assessment;
    time:Utc registeredAt;
|};
