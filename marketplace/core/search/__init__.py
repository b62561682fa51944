"""Chinese full-text search: words are cut by jieba, matched by PostgreSQL through modelsearch."""
