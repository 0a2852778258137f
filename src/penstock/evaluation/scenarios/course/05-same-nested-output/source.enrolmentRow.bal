import ballerina/time;

public type EnrolmentRow record {
    string enrolmentId;
    string studentId;
    string firstName;
    string lastName;
    time:Date birthDate;
    string studentEmail;
    string courseTitle;
    string courseCode;
    int credits;
    string language;
    string instructorName;
    string instructorEmail;
    string? grade;
    decimal? gradePoints;
    boolean passed;
    time:Utc registeredAt;
    "active"|"withdrawn"|"completed" enrolmentStatus;
};
