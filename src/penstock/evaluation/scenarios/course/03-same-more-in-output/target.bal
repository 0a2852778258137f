import ballerina/time;

public type Course record {
    string courseCode;
    string courseTitle;
    int credits;
    string level;
    string semester;
    string department;
    string instructorEmail;
    string instructorName;
    string campus;
    string? virtualRoomUrl;
    string? room;
    time:Date startDate;
    time:Date endDate;
    int capacity;
    time:Date? examDate;
    string[] topics;
    time:Date? resitDate;
    float? feedbackScore;
    string? nextSemester;
    string? coInstructorName;
};
