type Person record {
    string firstName;
    string lastName;
    string studentEmail;
};

type Studies record {
    string degreeProgram;
    int yearOfStudy;
    string semester;
};

type Unit record {
    string courseCode;
    string courseTitle;
    int credits;
    string[] topics;
};

type Outcome record {
    string? grade;
    decimal attendanceRate;
    boolean passed;
};

type Payment record {
    decimal tuitionFee;
    boolean scholarship;
};

public type EnrolmentReport record {
    Person person;
    Studies studies;
    Unit unit;
    Outcome outcome;
    Payment payment;
};
