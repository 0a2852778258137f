import ballerina/time;

public type Enrolment record {|
    string enrolmentId;
    string studentNumber;
    string firstName;
    time:Date dateOfBirth;
    string lastName;
    string emailAddress;
    string courseCode;
    string courseTitle;
    int creditPoints;
    string semester;
    string instructorName;
    float attendanceRate;
    boolean passed;
    time:Utc registrationTime;
|};
