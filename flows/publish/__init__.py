"""From a batch of rows to tables that are right at every moment: staging, merging, the lake, and its proof."""
