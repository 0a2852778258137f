import ballerina/time;

public type StudentCourse record {
    string studentId;
    string enrolmentId;
    string studentName;
    string studentEmail;
    int yearOfStudy;
    string? thesisTitle;
    string courseCode;
    boolean? honours;
    string courseTitle;
    string language;
    "onsite"|"online"|"hybrid" deliveryMode;
    "active"|"withdrawn"|"completed" enrolmentStatus;
    float? lateFee;
    time:Utc registeredAt;
    time:Date startDate;
    string? grade;
    string? disabilitySupport;
    int? rank;
    boolean scholarship;
};
