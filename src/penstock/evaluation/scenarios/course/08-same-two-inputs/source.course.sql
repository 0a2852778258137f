CREATE TABLE course (
    course_title VARCHAR(120) NOT NULL,
    course_code VARCHAR(80) NOT NULL,
    credits INTEGER NOT NULL,
    semester VARCHAR(80) NOT NULL,
    instructor_name VARCHAR(120) NOT NULL,
    room VARCHAR(40),
    start_date DATE NOT NULL,
    tuition_fee NUMERIC(10, 2) NOT NULL
);
