// align
