CREATE TABLE enrolments (
    enrolment_number TEXT NOT NULL,
    student_id VARCHAR(40) NOT NULL,
    first_name TEXT NOT NULL,
    last_name VARCHAR(40) NOT NULL,
    student_email VARCHAR(80) NOT NULL,
    course_code VARCHAR(120) NOT NULL,
    course_title VARCHAR(40) NOT NULL,
    credits INTEGER NOT NULL,
    instructor_name TEXT NOT NULL,
    instructor_email VARCHAR(80) NOT NULL,
    start_date DATE NOT NULL,
    end_date DATE NOT NULL,
    grade TEXT,
    attendance_rate NUMERIC NOT NULL,
    passed BOOLEAN NOT NULL
);
