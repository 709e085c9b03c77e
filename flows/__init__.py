"""The half of copydesk that touches the world: network, disk, clock, Prefect and the command line."""
