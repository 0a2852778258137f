import ballerina/time;

public type Enrolment record {|
    string student_id;
    string first_name;
    string student_email;
    string last_name;
    string degree_program;
    boolean scholarship;
    int year_of_study;
    string course_code;
    string course_title;
    int credits;
    string semester;
    string instructor_name;
    string? room;
    time:Date start_date;
    decimal tuition_fee;
|};
