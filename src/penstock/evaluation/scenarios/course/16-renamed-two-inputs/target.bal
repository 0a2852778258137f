import ballerina/time;

public type Enrolment record {|
    string studentId;
    string firstName;
    string lastName;
    string studentEmail;
    time:Date birthDate;
    string degreeProgram;
    int yearOfStudy;
    string courseCode;
    string courseTitle;
    int credits;
    string instructorName;
    time:Date startDate;
    time:Date endDate;
    decimal tuitionFee;
|};
