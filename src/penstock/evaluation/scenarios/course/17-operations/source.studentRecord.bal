type CourseResult record {|
    string code;
    string title;
    int credits;
    decimal points;
    string room;
|};

public type StudentRecord record {|
    string matriculation;
    string name;
    string birthDate;
    string email;
    string programme;
    string yearOfStudy;
    string mode;
    string active;
    string[] advisors;
    decimal attendance;
    int enrolledOn;
    string lastLogin;
    CourseResult[] courses;
|};
