import ballerina/time;

public type Enrolment record {
    string enrolmentId;
    string studentName;
    string studentEmail;
    string courseCode;
    string courseTitle;
    int credits;
    string instructorName;
    string semester;
    time:Date startDate;
    time:Date endDate;
    decimal tuitionFee;
    string? grade;
    decimal attendanceRate;
    boolean passed;
};
