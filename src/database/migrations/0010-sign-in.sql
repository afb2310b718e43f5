-- Sign-in. The tables of the schema sign_in are better-auth's: the statements that it compiles for our settings, kept here so that they
-- stand under the same lock and list as ours; a test compiles them again and finds nothing missing. The rest is ours.

create schema sign_in;

create table sign_in."user" (
	"id" uuid default pg_catalog.gen_random_uuid() not null primary key,
	"name" text not null,
	"email" text not null unique,
	"emailVerified" boolean not null,
	"image" text,
	"createdAt" timestamptz default current_timestamp not null,
	"updatedAt" timestamptz default current_timestamp not null
);

create table sign_in."session" (
	"id" uuid default pg_catalog.gen_random_uuid() not null primary key,
	"expiresAt" timestamptz not null,
	"token" text not null unique,
	"createdAt" timestamptz default current_timestamp not null,
	"updatedAt" timestamptz not null,
	"ipAddress" text,
	"userAgent" text,
	"userId" uuid not null references sign_in."user" ("id") on delete cascade
);
create index "session_userId_idx" on sign_in."session" ("userId");

create table sign_in."account" (
	"id" uuid default pg_catalog.gen_random_uuid() not null primary key,
	"accountId" text not null,
	"providerId" text not null,
	"userId" uuid not null references sign_in."user" ("id") on delete cascade,
	"accessToken" text,
	"refreshToken" text,
	"idToken" text,
	"accessTokenExpiresAt" timestamptz,
	"refreshTokenExpiresAt" timestamptz,
	"scope" text,
	"password" text,
	"createdAt" timestamptz default current_timestamp not null,
	"updatedAt" timestamptz not null
);
create index "account_userId_idx" on sign_in."account" ("userId");

create table sign_in."verification" (
	"id" uuid default pg_catalog.gen_random_uuid() not null primary key,
	"identifier" text not null,
	"value" text not null,
	"expiresAt" timestamptz not null,
	"createdAt" timestamptz default current_timestamp not null,
	"updatedAt" timestamptz default current_timestamp not null
);
create index "verification_identifier_idx" on sign_in."verification" ("identifier");

create table sign_in."passkey" (
	"id" uuid default pg_catalog.gen_random_uuid() not null primary key,
	"name" text,
	"publicKey" text not null,
	"userId" uuid not null references sign_in."user" ("id") on delete cascade,
	"credentialID" text not null,
	"counter" integer not null,
	"deviceType" text not null,
	"backedUp" boolean not null,
	"transports" text,
	"createdAt" timestamptz,
	"aaguid" text
);
create index "passkey_userId_idx" on sign_in."passkey" ("userId");
create index "passkey_credentialID_idx" on sign_in."passkey" ("credentialID");

create table sign_ins (
	-- sign_in."session"
	sign_in_id uuid primary key,
	account_id uuid not null,
	began_at timestamptz not null,
	seen_at timestamptz not null,
	second_factor_at timestamptz
);
comment on table sign_ins is 'What the limits for staff need to know of a browser that is signed in; gone with it.';

create table authenticators (
	account_id uuid primary key,
	secret_sealed bytea not null,
	begun_at timestamptz not null,
	-- null until the first right code
	confirmed_at timestamptz,
	-- the 30-second step of the last code taken: a code is taken once
	last_step bigint not null default 0,
	wrong_tries int not null default 0,
	wrong_since timestamptz
);
comment on table authenticators is 'The app that shows codes as a second factor (TOTP); the secret is sealed by the secret of the instance.';

create table recovery_codes (
	account_id uuid not null,
	code_hash bytea not null,
	made_at timestamptz not null,
	used_at timestamptz,
	primary key (account_id, code_hash)
);
comment on table recovery_codes is 'Ten codes for the day on which the phone is lost; each works once.';
