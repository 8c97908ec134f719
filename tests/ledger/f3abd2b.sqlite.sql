BEGIN TRANSACTION;
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
INSERT INTO "alembic_version" VALUES('0007');
CREATE TABLE appointments (
	"key" CHAR(32) NOT NULL, 
	emr VARCHAR NOT NULL, 
	care_unit_id VARCHAR NOT NULL, 
	appointment_id VARCHAR, 
	confirmation_id VARCHAR, 
	person_key CHAR(32) NOT NULL, 
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
	replaced_by CHAR(32), 
	patient VARCHAR DEFAULT '' NOT NULL, 
	first_name VARCHAR DEFAULT '' NOT NULL, 
	last_name VARCHAR DEFAULT '' NOT NULL, 
	birth_date DATE, 
	phone VARCHAR, 
	CONSTRAINT pk_appointments PRIMARY KEY ("key"), 
	CONSTRAINT fk_appointments_person_key FOREIGN KEY(person_key) REFERENCES people ("key")
);
INSERT INTO "appointments" VALUES('622de1177f2d4d698220cca0d4deaef2','konfidens','cu','a/1',NULL,'bc340838f9b9445ebc1aee0b17a0bd5d','r/1','s:1',1780297200000000,7200,1780298400000000,7200,'booked','booked','sore throat',NULL,'desk 1','Nina',1780293660000000,1780293780000000,4,NULL,'emr_id:1','Åse-Marie','Bjørnsen','1985-03-14','+4791234567');
INSERT INTO "appointments" VALUES('2eed7d64aba24c96b95156d3de3ed457','konfidens','cu','a/2',NULL,'a2d794f0dbd842208520492571400928','r/1','s:1',1780300800000000,7200,1780302000000000,7200,'cancelled','cancelled','sore throat','ill','desk 1','Nina',1780293840000000,1780294140000000,10,NULL,'emr_id:2','Kari','Nordmann','1990-02-01',NULL);
INSERT INTO "appointments" VALUES('8226807a43c9416290d27821172f3faf','konfidens','cu','a/3',NULL,'a2d794f0dbd842208520492571400928','r/1','s:1',1780304400000000,7200,1780305600000000,7200,'booked','booked','sore throat',NULL,'desk 1','Nina',1780294200000000,1780294380000000,14,'11400f37426c44edb259f33ff3b53f01','emr_id:2','Kari','Nordmann','1990-02-01',NULL);
INSERT INTO "appointments" VALUES('11400f37426c44edb259f33ff3b53f01','konfidens','cu','a/4',NULL,'a2d794f0dbd842208520492571400928','r/1','s:1',1780308000000000,7200,1780309200000000,7200,'booked','booked',NULL,NULL,'desk 1','Nina',1780294380000000,1780294500000000,16,NULL,'emr_id:2','Kari','Nordmann','1990-02-01',NULL);
INSERT INTO "appointments" VALUES('b3da92a9fe0441d3bd8df8aefea94ca5','konfidens','cu',NULL,NULL,'a2d794f0dbd842208520492571400928','r/1','s:1',1780311600000000,7200,1780312800000000,7200,'booking_unknown',NULL,NULL,NULL,'desk 1','Nina',1780294560000000,1780294680000000,19,NULL,'emr_id:2','Kari','Nordmann','1990-02-01',NULL);
INSERT INTO "appointments" VALUES('d87a2ca41cf54e5e8e7950032dfe9485','konfidens','cu',NULL,NULL,'bc340838f9b9445ebc1aee0b17a0bd5d','r/1','s:1',1780315200000000,7200,1780316400000000,7200,'sending',NULL,NULL,NULL,'desk 1','Nina',1780294740000000,1780294740000000,20,NULL,'emr_id:1','Åse-Marie','Bjørnsen','1985-03-14','+4791234567');
CREATE TABLE audit (
	number INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	desk_name VARCHAR NOT NULL, 
	user_name VARCHAR NOT NULL, 
	emr VARCHAR NOT NULL, 
	deed VARCHAR NOT NULL, 
	outcome VARCHAR, 
	patient VARCHAR, 
	appointment CHAR(32), 
	leyr_reference VARCHAR, 
	detail VARCHAR, 
	hash BLOB NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (number)
);
INSERT INTO "audit" VALUES(1,1780293600000000,'desk 1','','konfidens','user_added','administrator',NULL,NULL,NULL,'Nina',X'645D937CEDE9422A61F04D8B7A88066D596CCC1F00BD0DA7FA11F4B6A2FB5E07');
INSERT INTO "audit" VALUES(2,1780293660000000,'desk 1','Nina','konfidens','book','prepared','emr_id:1','622de1177f2d4d698220cca0d4deaef2',NULL,NULL,X'CE8CE711282931B07520443AE5DC3CA55D7F5FCB62F57C238046C223C250958A');
INSERT INTO "audit" VALUES(3,1780293780000000,'desk 1','Nina','konfidens','book','done','emr_id:1','622de1177f2d4d698220cca0d4deaef2',NULL,NULL,X'E0FD58876587FDA3ED94DA7153C811E1C787156A0AA191D8986771D59ACFED45');
INSERT INTO "audit" VALUES(4,1780293840000000,'desk 1','Nina','konfidens','book','prepared','emr_id:2','2eed7d64aba24c96b95156d3de3ed457',NULL,NULL,X'E7C0FB5BA64D584523FFD28917193D2F17899D606C73C6D455E6E13A6717A8FA');
INSERT INTO "audit" VALUES(5,1780293960000000,'desk 1','Nina','konfidens','book','done','emr_id:2','2eed7d64aba24c96b95156d3de3ed457',NULL,NULL,X'D3161578CC0F4C15AC40D9E970473C6EFD3B8812F988B641F758BFEDCEBB2782');
INSERT INTO "audit" VALUES(6,1780294020000000,'desk 1','Nina','konfidens','cancel','prepared','emr_id:2','2eed7d64aba24c96b95156d3de3ed457',NULL,NULL,X'BEE6C897F66F54399340A1B94F0D061520D2DCAADA37BD086149A7B93563B0F7');
INSERT INTO "audit" VALUES(7,1780294140000000,'desk 1','Nina','konfidens','cancel','done','emr_id:2','2eed7d64aba24c96b95156d3de3ed457',NULL,NULL,X'2022DF1184F79FAD567CC0B809AB352C2160460189BC606740A7CB59E9F5A2C7');
INSERT INTO "audit" VALUES(8,1780294200000000,'desk 1','Nina','konfidens','book','prepared','emr_id:2','8226807a43c9416290d27821172f3faf',NULL,NULL,X'AFC35D896D43E2437308F400659554B00EA0D06D474FA44E480A196EAA3F3174');
INSERT INTO "audit" VALUES(9,1780294320000000,'desk 1','Nina','konfidens','book','done','emr_id:2','8226807a43c9416290d27821172f3faf',NULL,NULL,X'03D36225049CDBAC883F46B8A487F3CE98E03E94AD05D5FD4A7D824D5FA92B1C');
INSERT INTO "audit" VALUES(10,1780294380000000,'desk 1','Nina','konfidens','book','prepared','emr_id:2','11400f37426c44edb259f33ff3b53f01',NULL,NULL,X'5F30296043E90A80FD2A30D66B772FE66F57288E76129756B29C1038FFF96D7B');
INSERT INTO "audit" VALUES(11,1780294500000000,'desk 1','Nina','konfidens','book','done','emr_id:2','11400f37426c44edb259f33ff3b53f01',NULL,NULL,X'8967800B1DF91A4EE03D851450E5824AE49AEC097AB6CEF907AED572CF432BE9');
INSERT INTO "audit" VALUES(12,1780294560000000,'desk 1','Nina','konfidens','book','prepared','emr_id:2','b3da92a9fe0441d3bd8df8aefea94ca5',NULL,NULL,X'2AFE6019C069BBD10FA2CF32B951D261846DF1DAA1FD6D35070EE8EFD93014EB');
INSERT INTO "audit" VALUES(13,1780294680000000,'desk 1','Nina','konfidens','book','unknown','emr_id:2','b3da92a9fe0441d3bd8df8aefea94ca5',NULL,'no_answer',X'BD9CED4A651F9F76D823B329FD3D44CD6C9882E130545DE7B4744974629806D7');
INSERT INTO "audit" VALUES(14,1780294740000000,'desk 1','Nina','konfidens','book','prepared','emr_id:1','d87a2ca41cf54e5e8e7950032dfe9485',NULL,NULL,X'F6A298481FCD4AE0914E7BD36B05C77D783502149C8680711190ED93E54D976D');
INSERT INTO "audit" VALUES(15,1780294860000000,'desk 1','Nina','konfidens','wiped',NULL,'emr_id:3',NULL,NULL,NULL,X'81E13004ACD6F225AF5F71B724A8924758CEC9B751B57ABD87650BB3521EDFF1');
CREATE TABLE audit_chain (
	id INTEGER NOT NULL CONSTRAINT ck_audit_chain_one_row CHECK (id = 1), 
	lines BIGINT NOT NULL, 
	head BLOB NOT NULL, 
	CONSTRAINT pk_audit_chain PRIMARY KEY (id)
);
INSERT INTO "audit_chain" VALUES(1,15,X'81E13004ACD6F225AF5F71B724A8924758CEC9B751B57ABD87650BB3521EDFF1');
CREATE TABLE desks (
	desk_id CHAR(32) NOT NULL, 
	desk_name VARCHAR NOT NULL, 
	write_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_desks PRIMARY KEY (desk_id)
);
CREATE TABLE intents (
	id CHAR(32) NOT NULL, 
	verb VARCHAR NOT NULL, 
	stage VARCHAR NOT NULL, 
	subject CHAR(32), 
	person_key CHAR(32), 
	standing_before VARCHAR, 
	settled_at BIGINT, 
	leyr_reference VARCHAR, 
	reason VARCHAR, 
	desk_name VARCHAR NOT NULL, 
	user_name VARCHAR NOT NULL, 
	created_at BIGINT NOT NULL, 
	changed_at BIGINT NOT NULL, 
	revision BIGINT NOT NULL, 
	desk_id CHAR(32), 
	CONSTRAINT pk_intents PRIMARY KEY (id), 
	CONSTRAINT fk_intents_subject FOREIGN KEY(subject) REFERENCES appointments ("key"), 
	CONSTRAINT fk_intents_person_key FOREIGN KEY(person_key) REFERENCES people ("key")
);
INSERT INTO "intents" VALUES('3d02bbc81c764d7cad386703eb3e8eec','book','done','622de1177f2d4d698220cca0d4deaef2',NULL,NULL,1780293780000000,NULL,NULL,'desk 1','Nina',1780293660000000,1780293780000000,4,NULL);
INSERT INTO "intents" VALUES('67ff6be980d1483d824d002b978e26ce','book','done','2eed7d64aba24c96b95156d3de3ed457',NULL,NULL,1780293960000000,NULL,NULL,'desk 1','Nina',1780293840000000,1780293960000000,7,NULL);
INSERT INTO "intents" VALUES('258f73cc82ac456481723fccb0496e69','cancel','done','2eed7d64aba24c96b95156d3de3ed457',NULL,'booked',1780294140000000,NULL,NULL,'desk 1','Nina',1780294020000000,1780294140000000,10,NULL);
INSERT INTO "intents" VALUES('17e8b226425b4cc1b210727cd4fc4b7b','book','done','8226807a43c9416290d27821172f3faf',NULL,NULL,1780294320000000,NULL,NULL,'desk 1','Nina',1780294200000000,1780294320000000,13,NULL);
INSERT INTO "intents" VALUES('ce5d7627f6074848b541879bf8facd4c','book','done','11400f37426c44edb259f33ff3b53f01',NULL,NULL,1780294500000000,NULL,NULL,'desk 1','Nina',1780294380000000,1780294500000000,16,NULL);
INSERT INTO "intents" VALUES('6390129c5a1b4e1b9dcac2ab9b01cbd1','book','unknown','b3da92a9fe0441d3bd8df8aefea94ca5',NULL,NULL,NULL,NULL,'no_answer','desk 1','Nina',1780294560000000,1780294680000000,19,NULL);
INSERT INTO "intents" VALUES('2bb3265c70594c27a247aae121d0148f','book','prepared','d87a2ca41cf54e5e8e7950032dfe9485',NULL,NULL,NULL,NULL,NULL,'desk 1','Nina',1780294740000000,1780294740000000,20,NULL);
CREATE TABLE ledger_meta (
	id INTEGER NOT NULL CONSTRAINT ck_ledger_meta_one_row CHECK (id = 1), 
	revision BIGINT NOT NULL, 
	moved_to VARCHAR, 
	CONSTRAINT pk_ledger_meta PRIMARY KEY (id)
);
INSERT INTO "ledger_meta" VALUES(1,22,NULL);
CREATE TABLE name_words (
	word VARCHAR NOT NULL, 
	CONSTRAINT pk_name_words PRIMARY KEY (word)
)
 WITHOUT ROWID

;
INSERT INTO "name_words" VALUES('ase');
INSERT INTO "name_words" VALUES('bjornsen');
INSERT INTO "name_words" VALUES('kari');
INSERT INTO "name_words" VALUES('marie');
INSERT INTO "name_words" VALUES('nordmann');
CREATE TABLE people (
	"key" CHAR(32) NOT NULL, 
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
	CONSTRAINT pk_people PRIMARY KEY ("key"), 
	CONSTRAINT uq_people_emr UNIQUE (emr, reference)
);
INSERT INTO "people" VALUES('bc340838f9b9445ebc1aee0b17a0bd5d','konfidens','emr_id:1','Åse-Marie','Bjørnsen','1985-03-14','+4791234567',' ase marie bjornsen 14031985 91234567','desk 1','Nina',1780293660000000,1780294740000000,20,NULL);
INSERT INTO "people" VALUES('a2d794f0dbd842208520492571400928','konfidens','emr_id:2','Kari','Nordmann','1990-02-01',NULL,' kari nordmann 01021990','desk 1','Nina',1780293840000000,1780294560000000,17,NULL);
INSERT INTO "people" VALUES('2e1c4e942935403ea27b67242443276b','konfidens','emr_id:3','','',NULL,NULL,'','desk 1','Nina',1780294800000000,1780294800000000,22,1780294860000000);
CREATE TABLE people_words (
	word VARCHAR NOT NULL, 
	person_key CHAR(32) NOT NULL, 
	CONSTRAINT pk_people_words PRIMARY KEY (word, person_key), 
	CONSTRAINT fk_people_words_person_key FOREIGN KEY(person_key) REFERENCES people ("key")
)
 WITHOUT ROWID

;
INSERT INTO "people_words" VALUES('01021990','a2d794f0dbd842208520492571400928');
INSERT INTO "people_words" VALUES('14031985','bc340838f9b9445ebc1aee0b17a0bd5d');
INSERT INTO "people_words" VALUES('91234567','bc340838f9b9445ebc1aee0b17a0bd5d');
INSERT INTO "people_words" VALUES('ase','bc340838f9b9445ebc1aee0b17a0bd5d');
INSERT INTO "people_words" VALUES('bjornsen','bc340838f9b9445ebc1aee0b17a0bd5d');
INSERT INTO "people_words" VALUES('kari','a2d794f0dbd842208520492571400928');
INSERT INTO "people_words" VALUES('marie','bc340838f9b9445ebc1aee0b17a0bd5d');
INSERT INTO "people_words" VALUES('nordmann','a2d794f0dbd842208520492571400928');
CREATE TABLE pin_clock (
	id INTEGER NOT NULL CONSTRAINT ck_pin_clock_one_row CHECK (id = 1), 
	passed BIGINT NOT NULL, 
	wall BIGINT NOT NULL, 
	uptime BIGINT NOT NULL, 
	CONSTRAINT pk_pin_clock PRIMARY KEY (id)
);
CREATE TABLE pin_guesses (
	"key" CHAR(32) NOT NULL, 
	passed BIGINT NOT NULL, 
	CONSTRAINT pk_pin_guesses PRIMARY KEY ("key")
);
CREATE TABLE slot_holds (
	desk_id CHAR(32) NOT NULL, 
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
CREATE TABLE users (
	"key" CHAR(32) NOT NULL, 
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
	CONSTRAINT pk_users PRIMARY KEY ("key"), 
	CONSTRAINT uq_users_name UNIQUE (name)
);
INSERT INTO "users" VALUES('650a5cc63741494596be66dfe1a15977','Nina','hash of Nina',1,1,0,0,'desk 1','',1780293600000000,1780293600000000,1);
CREATE INDEX ix_people_recent ON people (emr, changed_at);
CREATE INDEX ix_people_changed_at ON people (changed_at) WHERE wiped_at IS NULL;
CREATE INDEX ix_audit_patient ON audit (emr, patient, at, number);
CREATE INDEX ix_audit_user_name ON audit (user_name, at, number);
CREATE INDEX ix_audit_at ON audit (at, number);
CREATE INDEX ix_audit_deed ON audit (deed, at, number);
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit lines stay as they are'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit lines stay as they are'); END;
CREATE INDEX ix_appointments_person ON appointments (person_key, starts_at);
CREATE UNIQUE INDEX uq_appointments_appointment_id ON appointments (emr, care_unit_id, appointment_id) WHERE standing NOT IN ('cancelled', 'refused');
CREATE UNIQUE INDEX uq_appointments_replaced_by ON appointments (emr, replaced_by) WHERE replaced_by IS NOT NULL AND standing NOT IN ('cancelled', 'refused');
CREATE INDEX ix_appointments_standing ON appointments (emr, standing);
CREATE INDEX ix_appointments_revision ON appointments (emr, revision);
CREATE INDEX ix_appointments_week ON appointments (emr, care_unit_id, starts_at, ends_at, resource_id);
CREATE TRIGGER appointments_overlap_added BEFORE INSERT ON appointments WHEN NEW.appointment_id IS NULL AND NEW.standing NOT IN ('cancelled', 'refused') BEGIN SELECT RAISE(ABORT, 'appointments_overlap') WHERE EXISTS (SELECT 1 FROM appointments AS other
    WHERE other.emr = NEW.emr AND other.care_unit_id = NEW.care_unit_id AND other.resource_id = NEW.resource_id
    AND other.starts_at > NEW.starts_at - 2592000000000 AND other.starts_at < NEW.ends_at
    AND other.ends_at > NEW.starts_at AND other.standing NOT IN ('cancelled', 'refused') AND other.key <> NEW.key
    AND (other.replaced_by IS NULL OR other.replaced_by <> NEW.key)
    AND (NEW.replaced_by IS NULL OR NEW.replaced_by <> other.key)); END;
CREATE TRIGGER appointments_overlap_changed BEFORE UPDATE ON appointments WHEN NEW.appointment_id IS NULL AND NEW.standing NOT IN ('cancelled', 'refused') AND (OLD.standing IN ('cancelled', 'refused') OR NEW.starts_at <> OLD.starts_at OR NEW.ends_at <> OLD.ends_at OR NEW.resource_id <> OLD.resource_id) BEGIN SELECT RAISE(ABORT, 'appointments_overlap') WHERE EXISTS (SELECT 1 FROM appointments AS other
    WHERE other.emr = NEW.emr AND other.care_unit_id = NEW.care_unit_id AND other.resource_id = NEW.resource_id
    AND other.starts_at > NEW.starts_at - 2592000000000 AND other.starts_at < NEW.ends_at
    AND other.ends_at > NEW.starts_at AND other.standing NOT IN ('cancelled', 'refused') AND other.key <> NEW.key
    AND (other.replaced_by IS NULL OR other.replaced_by <> NEW.key)
    AND (NEW.replaced_by IS NULL OR NEW.replaced_by <> other.key)); END;
CREATE INDEX ix_intents_subject ON intents (subject);
CREATE UNIQUE INDEX uq_intents_open_subject ON intents (subject) WHERE stage IN ('prepared', 'sent', 'unknown');
CREATE INDEX ix_intents_stage ON intents (stage);
COMMIT;