import ballerina/time;

public type CourseResult record {
    string studentNumber;
    string studentName;
    string studentMail;
    string programmeName;
    string courseCode;
    string courseTitle;
    string courseLevel;
    int credits;
    time:Date startDate;
    time:Date endDate;
    time:Date? examinationDate;
    decimal tuitionFee;
    decimal? gradePoints;
    string? finalGrade;
};
