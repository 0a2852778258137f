import ballerina/time;

public type Module record {
    string moduleTitle;
    string moduleId;
    int creditPoints;
    string offeredBy;
    string studyLevel;
    string teacher;
    string teacherMail;
    string site;
    string? venue;
    time:Date firstClass;
    time:Date lastClass;
    int maxStudents;
    int hoursWeekly;
    decimal price;
    string taughtIn;
};
