"""Reading YAML files that somebody else wrote, against their schemas, gathering every fault."""
