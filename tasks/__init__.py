"""What a flow can do."""

from config.zone_data import use_newest_zones

use_newest_zones()  # before anything of the pipeline asks what time it is somewhere
