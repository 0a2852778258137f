import ballerina/time;

public type Enrolment record {|
    string student_id;
    string first_name;
    string last_name;
    time:Date birth_date;
    string degree_program;
    string course_code;
    string course_title;
    int credits;
    string level;
    string semester;
    int capacity;
    decimal tuition_fee;
    decimal? grade_points;
    boolean mandatory;
|};
