import ballerina/time;

type Participant record {|
    string studentId;
    string firstName;
    string lastName;
    string email;
    int yearOfStudy;
    decimal fee;
|};

type Course record {|
    string code;
    int credits;
    string name;
|};

type Teaching record {|
    string instructor;
    string? room;
    string campus;
    time:Date startDate;
    time:Date endDate;
|};

public type CourseParticipation record {|
    Participant participant;
    Course course;
    Teaching teaching;
    time:Utc registrationTime;
|};
