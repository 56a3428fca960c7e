create schema if not exists caravan;
