CREATE TABLE ledger_meta (
	id INTEGER NOT NULL CONSTRAINT ck_ledger_meta_one_row CHECK (id = 1), 
	revision BIGINT NOT NULL, 
	moved_to VARCHAR, 
	CONSTRAINT pk_ledger_meta PRIMARY KEY (id)
);
CREATE TABLE people (
	key UUID NOT NULL, 
	emr VARCHAR NOT NULL, 
	reference VARCHAR NOT NULL, 
	first_name VARCHAR NOT NULL, 
	last_name VARCHAR NOT NULL, 
	birth_date DATE, 
	phone VARCHAR, 
	folded VARCHAR NOT NULL, 
	desk_name VARCHAR NOT NULL, 
	user_name VARCHAR NOT NULL, 
	created_at BIGINT NOT NULL, 
	changed_at BIGINT NOT NULL, 
	revision BIGINT NOT NULL, 
	wiped_at BIGINT, 
	CONSTRAINT pk_people PRIMARY KEY (key), 
	CONSTRAINT uq_people_emr UNIQUE (emr, reference)
);
CREATE INDEX ix_people_changed_at ON people (changed_at) WHERE wiped_at IS NULL;
CREATE INDEX ix_people_recent ON people (emr, changed_at);
CREATE TABLE name_words (
	word VARCHAR COLLATE "C" NOT NULL, 
	CONSTRAINT pk_name_words PRIMARY KEY (word)
);
CREATE TABLE users (
	key UUID NOT NULL, 
	name VARCHAR NOT NULL, 
	pin_hash VARCHAR NOT NULL, 
	administrator BOOLEAN NOT NULL, 
	active BOOLEAN NOT NULL, 
	wrong_pins INTEGER NOT NULL, 
	waits_until BIGINT NOT NULL, 
	desk_name VARCHAR NOT NULL, 
	user_name VARCHAR NOT NULL, 
	created_at BIGINT NOT NULL, 
	changed_at BIGINT NOT NULL, 
	revision BIGINT NOT NULL, 
	CONSTRAINT pk_users PRIMARY KEY (key), 
	CONSTRAINT uq_users_name UNIQUE (name)
);
CREATE TABLE pin_clock (
	id INTEGER NOT NULL CONSTRAINT ck_pin_clock_one_row CHECK (id = 1), 
	passed BIGINT NOT NULL, 
	wall BIGINT NOT NULL, 
	uptime BIGINT NOT NULL, 
	CONSTRAINT pk_pin_clock PRIMARY KEY (id)
);
CREATE TABLE pin_guesses (
	key UUID NOT NULL, 
	passed BIGINT NOT NULL, 
	CONSTRAINT pk_pin_guesses PRIMARY KEY (key)
);
CREATE TABLE audit (
	number BIGINT NOT NULL, 
	at BIGINT NOT NULL, 
	desk_name VARCHAR NOT NULL, 
	user_name VARCHAR NOT NULL, 
	emr VARCHAR NOT NULL, 
	deed VARCHAR NOT NULL, 
	outcome VARCHAR, 
	patient VARCHAR, 
	appointment UUID, 
	leyr_reference VARCHAR, 
	detail VARCHAR, 
	hash BYTEA NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (number)
);
CREATE INDEX ix_audit_at ON audit (at, number);
CREATE INDEX ix_audit_user_name ON audit (user_name, at, number);
CREATE INDEX ix_audit_patient ON audit (emr, patient, at, number);
CREATE INDEX ix_audit_deed ON audit (deed, at, number);
CREATE FUNCTION refuse_to_change_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit lines stay as they are'; END $$;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit();
CREATE TABLE audit_chain (
	id INTEGER NOT NULL CONSTRAINT ck_audit_chain_one_row CHECK (id = 1), 
	lines BIGINT NOT NULL, 
	head BYTEA NOT NULL, 
	CONSTRAINT pk_audit_chain PRIMARY KEY (id)
);
CREATE TABLE desks (
	desk_id UUID NOT NULL, 
	desk_name VARCHAR NOT NULL, 
	write_id UUID NOT NULL, 
	CONSTRAINT pk_desks PRIMARY KEY (desk_id)
);
CREATE TABLE slot_holds (
	desk_id UUID NOT NULL, 
	desk_name VARCHAR NOT NULL, 
	user_name VARCHAR NOT NULL, 
	emr VARCHAR NOT NULL, 
	care_unit_id VARCHAR NOT NULL, 
	resource_id VARCHAR NOT NULL, 
	starts_at BIGINT NOT NULL, 
	ends_at BIGINT NOT NULL, 
	expires_at BIGINT NOT NULL, 
	CONSTRAINT pk_slot_holds PRIMARY KEY (desk_id)
);
CREATE TABLE people_words (
	word VARCHAR COLLATE "C" NOT NULL, 
	person_key UUID NOT NULL, 
	CONSTRAINT pk_people_words PRIMARY KEY (word, person_key), 
	CONSTRAINT fk_people_words_person_key FOREIGN KEY(person_key) REFERENCES people (key)
);
CREATE TABLE appointments (
	key UUID NOT NULL, 
	emr VARCHAR NOT NULL, 
	care_unit_id VARCHAR NOT NULL, 
	appointment_id VARCHAR, 
	confirmation_id VARCHAR, 
	person_key UUID NOT NULL, 
	resource_id VARCHAR NOT NULL, 
	healthcare_service_id VARCHAR NOT NULL, 
	starts_at BIGINT NOT NULL, 
	start_offset INTEGER NOT NULL, 
	ends_at BIGINT NOT NULL, 
	end_offset INTEGER NOT NULL, 
	standing VARCHAR NOT NULL, 
	leyr_status VARCHAR, 
	comment VARCHAR, 
	cancel_reason VARCHAR, 
	desk_name VARCHAR NOT NULL, 
	user_name VARCHAR NOT NULL, 
	created_at BIGINT NOT NULL, 
	changed_at BIGINT NOT NULL, 
	revision BIGINT NOT NULL, 
	replaced_by UUID, 
	patient VARCHAR DEFAULT '' NOT NULL, 
	first_name VARCHAR DEFAULT '' NOT NULL, 
	last_name VARCHAR DEFAULT '' NOT NULL, 
	birth_date DATE, 
	phone VARCHAR, 
	CONSTRAINT pk_appointments PRIMARY KEY (key), 
	CONSTRAINT fk_appointments_person_key FOREIGN KEY(person_key) REFERENCES people (key)
);
CREATE INDEX ix_appointments_person ON appointments (person_key, starts_at);
CREATE INDEX ix_appointments_week ON appointments (emr, care_unit_id, starts_at, ends_at, resource_id);
CREATE UNIQUE INDEX uq_appointments_appointment_id ON appointments (emr, care_unit_id, appointment_id) WHERE standing NOT IN ('cancelled', 'refused');
CREATE UNIQUE INDEX uq_appointments_replaced_by ON appointments (emr, replaced_by) WHERE replaced_by IS NOT NULL AND standing NOT IN ('cancelled', 'refused');
CREATE INDEX ix_appointments_standing ON appointments (emr, standing);
CREATE INDEX ix_appointments_revision ON appointments (emr, revision);
CREATE FUNCTION refuse_appointments_overlap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM 1 FROM ledger_meta FOR UPDATE;
    IF EXISTS (SELECT 1 FROM appointments AS other
    WHERE other.emr = NEW.emr AND other.care_unit_id = NEW.care_unit_id AND other.resource_id = NEW.resource_id
    AND other.starts_at > NEW.starts_at - 2592000000000 AND other.starts_at < NEW.ends_at
    AND other.ends_at > NEW.starts_at AND other.standing NOT IN ('cancelled', 'refused') AND other.key <> NEW.key
    AND (other.replaced_by IS NULL OR other.replaced_by <> NEW.key)
    AND (NEW.replaced_by IS NULL OR NEW.replaced_by <> other.key)) THEN
        RAISE EXCEPTION 'appointments_overlap' USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'appointments_overlap';
    END IF;
    RETURN NEW; END $$;
CREATE TRIGGER appointments_overlap_added BEFORE INSERT ON appointments FOR EACH ROW WHEN (NEW.appointment_id IS NULL AND NEW.standing NOT IN ('cancelled', 'refused')) EXECUTE FUNCTION refuse_appointments_overlap();
CREATE TRIGGER appointments_overlap_changed BEFORE UPDATE ON appointments FOR EACH ROW WHEN (NEW.appointment_id IS NULL AND NEW.standing NOT IN ('cancelled', 'refused') AND (OLD.standing IN ('cancelled', 'refused') OR NEW.starts_at <> OLD.starts_at OR NEW.ends_at <> OLD.ends_at OR NEW.resource_id <> OLD.resource_id)) EXECUTE FUNCTION refuse_appointments_overlap();
CREATE TABLE intents (
	id UUID NOT NULL, 
	verb VARCHAR NOT NULL, 
	stage VARCHAR NOT NULL, 
	subject UUID, 
	person_key UUID, 
	standing_before VARCHAR, 
	settled_at BIGINT, 
	leyr_reference VARCHAR, 
	reason VARCHAR, 
	desk_name VARCHAR NOT NULL, 
	user_name VARCHAR NOT NULL, 
	created_at BIGINT NOT NULL, 
	changed_at BIGINT NOT NULL, 
	revision BIGINT NOT NULL, 
	desk_id UUID, 
	CONSTRAINT pk_intents PRIMARY KEY (id), 
	CONSTRAINT fk_intents_subject FOREIGN KEY(subject) REFERENCES appointments (key), 
	CONSTRAINT fk_intents_person_key FOREIGN KEY(person_key) REFERENCES people (key)
);
CREATE INDEX ix_intents_subject ON intents (subject);
CREATE UNIQUE INDEX uq_intents_open_subject ON intents (subject) WHERE stage IN ('prepared', 'sent', 'unknown');
CREATE INDEX ix_intents_stage ON intents (stage);
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
INSERT INTO audit VALUES ('1', '1780293600000000', 'desk 1', '', 'konfidens', 'user_added', 'administrator', NULL, NULL, NULL, 'Nina', E'\\x645d937cede9422a61f04d8b7a88066d596ccc1f00bd0da7fa11f4b6a2fb5e07');
INSERT INTO audit VALUES ('10', '1780294380000000', 'desk 1', 'Nina', 'konfidens', 'book', 'prepared', 'emr_id:2', '68b7453b-8463-498e-9593-80c843ddb7aa', NULL, NULL, E'\\xbceef09e4cdadb08e7162fdd3174b3dc8f31317503fa06eeb2da96e00b74a5a7');
INSERT INTO audit VALUES ('11', '1780294500000000', 'desk 1', 'Nina', 'konfidens', 'book', 'done', 'emr_id:2', '68b7453b-8463-498e-9593-80c843ddb7aa', NULL, NULL, E'\\x0fca97c5e471181148d001d50d9576fcdfb3d7c4a9b0b5a7885c22f7970b7caa');
INSERT INTO audit VALUES ('12', '1780294560000000', 'desk 1', 'Nina', 'konfidens', 'book', 'prepared', 'emr_id:2', '62906adb-4f25-45e6-954f-007691b6a607', NULL, NULL, E'\\x209ecafa0df4d420fc9f9ecc31c18df7a004583d15fd37afff2c45cf3662e537');
INSERT INTO audit VALUES ('13', '1780294680000000', 'desk 1', 'Nina', 'konfidens', 'book', 'unknown', 'emr_id:2', '62906adb-4f25-45e6-954f-007691b6a607', NULL, 'no_answer', E'\\xc93d56c3a530492d6c556801d17ecc157b75fb4b86c6ab467bb36950001b41c0');
INSERT INTO audit VALUES ('14', '1780294740000000', 'desk 1', 'Nina', 'konfidens', 'book', 'prepared', 'emr_id:1', 'fd56a717-d943-40c8-bb63-96135d148b6b', NULL, NULL, E'\\xf097ed850c066757941c236b0f80ea05e2bbbb48a3387ca9f9383eacf144018a');
INSERT INTO audit VALUES ('15', '1780294860000000', 'desk 1', 'Nina', 'konfidens', 'wiped', NULL, 'emr_id:3', NULL, NULL, NULL, E'\\xbd68982e105aea2e7632b0ec82117333a4c77eccd5585aeec33c1d9217fc334d');
INSERT INTO audit VALUES ('2', '1780293660000000', 'desk 1', 'Nina', 'konfidens', 'book', 'prepared', 'emr_id:1', '8d141d6d-ff18-4578-ab25-b32be363361c', NULL, NULL, E'\\x3abc39006d0622c5c2293107a45e11ac1911639043ed4893d75a65a39ddac38f');
INSERT INTO audit VALUES ('3', '1780293780000000', 'desk 1', 'Nina', 'konfidens', 'book', 'done', 'emr_id:1', '8d141d6d-ff18-4578-ab25-b32be363361c', NULL, NULL, E'\\xa548e2b52d27451186aa64e763fc44c6b558b8a8a20cf5cf288201eea09d9a3b');
INSERT INTO audit VALUES ('4', '1780293840000000', 'desk 1', 'Nina', 'konfidens', 'book', 'prepared', 'emr_id:2', '090edfa2-3a42-45c9-a7b5-0fca307ea323', NULL, NULL, E'\\x0e3423f2002ad912887bc56364f1efc0ee2fc4fedbe5ca387107ec4a7ad751a1');
INSERT INTO audit VALUES ('5', '1780293960000000', 'desk 1', 'Nina', 'konfidens', 'book', 'done', 'emr_id:2', '090edfa2-3a42-45c9-a7b5-0fca307ea323', NULL, NULL, E'\\xa1c8557c734c6af7f222ba2bb86904f5e9d34deb779080ce2f26e70da158e189');
INSERT INTO audit VALUES ('6', '1780294020000000', 'desk 1', 'Nina', 'konfidens', 'cancel', 'prepared', 'emr_id:2', '090edfa2-3a42-45c9-a7b5-0fca307ea323', NULL, NULL, E'\\x0bd72eca86be722b41bfd0a25a80c90a7ee5b1f5ea85fb474d1fe67b749ad162');
INSERT INTO audit VALUES ('7', '1780294140000000', 'desk 1', 'Nina', 'konfidens', 'cancel', 'done', 'emr_id:2', '090edfa2-3a42-45c9-a7b5-0fca307ea323', NULL, NULL, E'\\x3f8190a991cd7afc60e393671c774d22c602a2dceb04e20e1354e436f21ba5d5');
INSERT INTO audit VALUES ('8', '1780294200000000', 'desk 1', 'Nina', 'konfidens', 'book', 'prepared', 'emr_id:2', '1bbd91ce-8ecb-4655-bcc5-0483ef0ae9fa', NULL, NULL, E'\\x7431b8afc6b419de035b0e83520a752735fa2b96bab750b8dfebac8cc5c68ecc');
INSERT INTO audit VALUES ('9', '1780294320000000', 'desk 1', 'Nina', 'konfidens', 'book', 'done', 'emr_id:2', '1bbd91ce-8ecb-4655-bcc5-0483ef0ae9fa', NULL, NULL, E'\\xfe0d51c34f22930f3d0668761b8afdac7986fd837bdef15e2d9c87bfd92e4eb8');
INSERT INTO audit_chain VALUES ('1', '15', E'\\xbd68982e105aea2e7632b0ec82117333a4c77eccd5585aeec33c1d9217fc334d');
INSERT INTO desks VALUES ('00000000-0000-0000-0000-000000000001', 'desk 1', 'edc950f5-c84b-45b6-82e3-a9df2d367bf4');
INSERT INTO ledger_meta VALUES ('1', '22', NULL);
INSERT INTO name_words VALUES ('ase');
INSERT INTO name_words VALUES ('bjornsen');
INSERT INTO name_words VALUES ('kari');
INSERT INTO name_words VALUES ('marie');
INSERT INTO name_words VALUES ('nordmann');
INSERT INTO people VALUES ('977d41fc-7608-48c7-acc2-981626a95750', 'konfidens', 'emr_id:1', 'Åse-Marie', 'Bjørnsen', '1985-03-14', '+4791234567', ' ase marie bjornsen 14031985 91234567', 'desk 1', 'Nina', '1780293660000000', '1780294740000000', '20', NULL);
INSERT INTO people VALUES ('af3b067a-462c-4ed4-826b-2a4b11501607', 'konfidens', 'emr_id:2', 'Kari', 'Nordmann', '1990-02-01', NULL, ' kari nordmann 01021990', 'desk 1', 'Nina', '1780293840000000', '1780294560000000', '17', NULL);
INSERT INTO people VALUES ('b161b0bc-f6cd-4687-8abd-235792e8bb36', 'konfidens', 'emr_id:3', '', '', NULL, NULL, '', 'desk 1', 'Nina', '1780294800000000', '1780294800000000', '22', '1780294860000000');
INSERT INTO users VALUES ('9a47d487-ab4b-4652-b627-ec4eb6c737d0', 'Nina', 'hash of Nina', 'true', 'true', '0', '0', 'desk 1', '', '1780293600000000', '1780293600000000', '1');
INSERT INTO appointments VALUES ('090edfa2-3a42-45c9-a7b5-0fca307ea323', 'konfidens', 'cu', 'a/2', NULL, 'af3b067a-462c-4ed4-826b-2a4b11501607', 'r/1', 's:1', '1780300800000000', '7200', '1780302000000000', '7200', 'cancelled', 'cancelled', 'sore throat', 'ill', 'desk 1', 'Nina', '1780293840000000', '1780294140000000', '10', NULL, 'emr_id:2', 'Kari', 'Nordmann', '1990-02-01', NULL);
INSERT INTO appointments VALUES ('1bbd91ce-8ecb-4655-bcc5-0483ef0ae9fa', 'konfidens', 'cu', 'a/3', NULL, 'af3b067a-462c-4ed4-826b-2a4b11501607', 'r/1', 's:1', '1780304400000000', '7200', '1780305600000000', '7200', 'booked', 'booked', 'sore throat', NULL, 'desk 1', 'Nina', '1780294200000000', '1780294380000000', '14', '68b7453b-8463-498e-9593-80c843ddb7aa', 'emr_id:2', 'Kari', 'Nordmann', '1990-02-01', NULL);
INSERT INTO appointments VALUES ('62906adb-4f25-45e6-954f-007691b6a607', 'konfidens', 'cu', NULL, NULL, 'af3b067a-462c-4ed4-826b-2a4b11501607', 'r/1', 's:1', '1780311600000000', '7200', '1780312800000000', '7200', 'booking_unknown', NULL, NULL, NULL, 'desk 1', 'Nina', '1780294560000000', '1780294680000000', '19', NULL, 'emr_id:2', 'Kari', 'Nordmann', '1990-02-01', NULL);
INSERT INTO appointments VALUES ('68b7453b-8463-498e-9593-80c843ddb7aa', 'konfidens', 'cu', 'a/4', NULL, 'af3b067a-462c-4ed4-826b-2a4b11501607', 'r/1', 's:1', '1780308000000000', '7200', '1780309200000000', '7200', 'booked', 'booked', NULL, NULL, 'desk 1', 'Nina', '1780294380000000', '1780294500000000', '16', NULL, 'emr_id:2', 'Kari', 'Nordmann', '1990-02-01', NULL);
INSERT INTO appointments VALUES ('8d141d6d-ff18-4578-ab25-b32be363361c', 'konfidens', 'cu', 'a/1', NULL, '977d41fc-7608-48c7-acc2-981626a95750', 'r/1', 's:1', '1780297200000000', '7200', '1780298400000000', '7200', 'booked', 'booked', 'sore throat', NULL, 'desk 1', 'Nina', '1780293660000000', '1780293780000000', '4', NULL, 'emr_id:1', 'Åse-Marie', 'Bjørnsen', '1985-03-14', '+4791234567');
INSERT INTO appointments VALUES ('fd56a717-d943-40c8-bb63-96135d148b6b', 'konfidens', 'cu', NULL, NULL, '977d41fc-7608-48c7-acc2-981626a95750', 'r/1', 's:1', '1780315200000000', '7200', '1780316400000000', '7200', 'sending', NULL, NULL, NULL, 'desk 1', 'Nina', '1780294740000000', '1780294740000000', '20', NULL, 'emr_id:1', 'Åse-Marie', 'Bjørnsen', '1985-03-14', '+4791234567');
INSERT INTO people_words VALUES ('01021990', 'af3b067a-462c-4ed4-826b-2a4b11501607');
INSERT INTO people_words VALUES ('14031985', '977d41fc-7608-48c7-acc2-981626a95750');
INSERT INTO people_words VALUES ('91234567', '977d41fc-7608-48c7-acc2-981626a95750');
INSERT INTO people_words VALUES ('ase', '977d41fc-7608-48c7-acc2-981626a95750');
INSERT INTO people_words VALUES ('bjornsen', '977d41fc-7608-48c7-acc2-981626a95750');
INSERT INTO people_words VALUES ('kari', 'af3b067a-462c-4ed4-826b-2a4b11501607');
INSERT INTO people_words VALUES ('marie', '977d41fc-7608-48c7-acc2-981626a95750');
INSERT INTO people_words VALUES ('nordmann', 'af3b067a-462c-4ed4-826b-2a4b11501607');
INSERT INTO intents VALUES ('494094a1-046d-431a-9d67-18e3c50d3301', 'book', 'done', '8d141d6d-ff18-4578-ab25-b32be363361c', NULL, NULL, '1780293780000000', NULL, NULL, 'desk 1', 'Nina', '1780293660000000', '1780293780000000', '4', '00000000-0000-0000-0000-000000000001');
INSERT INTO intents VALUES ('74cfc41e-3ac0-4360-8e38-60ee3da462ee', 'book', 'done', '1bbd91ce-8ecb-4655-bcc5-0483ef0ae9fa', NULL, NULL, '1780294320000000', NULL, NULL, 'desk 1', 'Nina', '1780294200000000', '1780294320000000', '13', '00000000-0000-0000-0000-000000000001');
INSERT INTO intents VALUES ('8b7fbb4a-046c-4df2-949e-2ab2825f50ea', 'book', 'prepared', 'fd56a717-d943-40c8-bb63-96135d148b6b', NULL, NULL, NULL, NULL, NULL, 'desk 1', 'Nina', '1780294740000000', '1780294740000000', '20', '00000000-0000-0000-0000-000000000001');
INSERT INTO intents VALUES ('8e8a736d-a857-4dfd-bf21-dac2a495ea34', 'book', 'done', '090edfa2-3a42-45c9-a7b5-0fca307ea323', NULL, NULL, '1780293960000000', NULL, NULL, 'desk 1', 'Nina', '1780293840000000', '1780293960000000', '7', '00000000-0000-0000-0000-000000000001');
INSERT INTO intents VALUES ('a0d43379-260f-4a60-b207-6892a894f410', 'cancel', 'done', '090edfa2-3a42-45c9-a7b5-0fca307ea323', NULL, 'booked', '1780294140000000', NULL, NULL, 'desk 1', 'Nina', '1780294020000000', '1780294140000000', '10', '00000000-0000-0000-0000-000000000001');
INSERT INTO intents VALUES ('a27c84d4-28d8-4476-bbe9-b953df282bfb', 'book', 'unknown', '62906adb-4f25-45e6-954f-007691b6a607', NULL, NULL, NULL, NULL, 'no_answer', 'desk 1', 'Nina', '1780294560000000', '1780294680000000', '19', '00000000-0000-0000-0000-000000000001');
INSERT INTO intents VALUES ('a8f03fbf-cc75-4f3f-8939-ce9b8d96f604', 'book', 'done', '68b7453b-8463-498e-9593-80c843ddb7aa', NULL, NULL, '1780294500000000', NULL, NULL, 'desk 1', 'Nina', '1780294380000000', '1780294500000000', '16', '00000000-0000-0000-0000-000000000001');
INSERT INTO alembic_version VALUES ('0007');
