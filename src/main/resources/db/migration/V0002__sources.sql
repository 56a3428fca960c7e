create table caravan.organizations (
  id uuid primary key,
  name text not null,
  onboarding_completed boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);

create table caravan.data_sources (
  id uuid primary key,
  organization_id uuid not null references caravan.organizations on delete cascade,
  name text not null,
  type text not null check (type in ('postgresql', 'mysql', 'mariadb', 'sqlserver', 'redshift', 'snowflake',
                                     'bigquery', 'databricks', 'duckdb')),
  jdbc_url text not null,
  username text,
  password_encrypted bytea,
  onboarding_completed boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index data_sources_organization on caravan.data_sources (organization_id);

create table caravan.datasets (
  id uuid primary key,
  data_source_id uuid not null references caravan.data_sources on delete cascade,
  name text not null,
  database_name text not null,
  schema_name text not null,
  yml text not null,
  enabled boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index datasets_data_source on caravan.datasets (data_source_id);
