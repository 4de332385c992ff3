"""Pages: CPU beside a bare Django view, queries as rows grow, weight, and the memory of two workers."""
