CREATE TABLE enrolment (
    enrolment_id TEXT NOT NULL,
    student_name TEXT NOT NULL,
    student_email VARCHAR(40) NOT NULL,
    student_id VARCHAR(80) NOT NULL,
    instructor_name VARCHAR(40) NOT NULL,
    instructor_email VARCHAR(40) NOT NULL,
    course_code VARCHAR(80) NOT NULL,
    credits INTEGER NOT NULL,
    course_title VARCHAR(120) NOT NULL,
    level VARCHAR(120) NOT NULL,
    semester VARCHAR(80) NOT NULL,
    start_date DATE NOT NULL,
    end_date DATE NOT NULL,
    tuition_fee DOUBLE PRECISION NOT NULL,
    passed BOOLEAN NOT NULL
);
