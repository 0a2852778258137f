type Student record {
    string firstName;
    string lastName;
    string studentEmail;
    string degreeProgram;
    int yearOfStudy;
};

type Course record {
    string courseCode;
    string courseTitle;
    int credits;
    string semester;
    string[] topics;
};

type Result record {
    string? grade;
    decimal attendanceRate;
    boolean passed;
};

type Fees record {
    decimal tuitionFee;
    boolean scholarship;
};

public type CourseEnrolment record {
    Student student;
    Course course;
    Result result;
    Fees fees;
};
