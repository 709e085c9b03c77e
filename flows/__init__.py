"""The half of copydesk that touches the world: network, disk, clock, Prefect and the command line."""

import os

# numpy would share the small matrices of one story among all cores, which costs more than it brings: the workers are
# one for each core already. It is read when numpy is loaded, so it stands here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
