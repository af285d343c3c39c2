"""Server settings of the private cluster: sensible on a laptop, not the last word for a province.

They are written once, at the end of postgresql.conf, where an operator may change them.
"""

import os
from typing import Final

MEGABYTE: Final = 1024 * 1024
# A test database may vanish with a power cut; what it must not do is wait for the disk.
FAST: Final = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum_naptime": "5min",
    "max_wal_size": "1GB",
}


def settings() -> str:
    """The lines for postgresql.conf, sized to this machine's memory."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE
    chosen = {
        "max_connections": "100",
        "shared_buffers": f"{min(max(memory // 8, 64), 2048)}MB",
        "effective_cache_size": f"{max(memory // 2, 256)}MB",
        "maintenance_work_mem": f"{min(max(memory // 32, 64), 512)}MB",
        "work_mem": "16MB",
        "wal_compression": "on",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "jit": "off",
        "autovacuum": "on",
        "autovacuum_vacuum_scale_factor": "0.05",
        "autovacuum_analyze_scale_factor": "0.05",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "log_min_messages": "warning",
        "log_checkpoints": "off",
        "lc_messages": "'C'",
    }
    lines = "\n".join(f"{name} = {value}" for name, value in chosen.items())
    return f"\n# Chosen by Linli when this cluster was made; change what you like.\n{lines}\n"
