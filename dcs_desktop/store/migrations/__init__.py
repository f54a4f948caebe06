"""The steps by which the tables became what they are: the n-th makes version n of version n - 1.

A step is frozen: it imports no table of today and never changes once it was released.
"""

from dcs_desktop.store.migrations import (
    step_0001,
    step_0002,
    step_0003,
    step_0004,
    step_0005,
    step_0006,
    step_0007,
    step_0008,
)

_MODULES = (step_0001, step_0002, step_0003, step_0004, step_0005, step_0006, step_0007, step_0008)
STEPS = tuple(module.upgrade for module in _MODULES)
