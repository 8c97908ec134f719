; Inno Setup 6.3 or later; build.ps1 calls it with /DVersion=… and, with a certificate, /DSigned and /Sreception=….
;
; For everybody on the computer by default, for one person with /CURRENTUSER. Silent: /VERYSILENT /SUPPRESSMSGBOXES
; /NORESTART. A later version installs over this one.

#ifndef Version
  #error Call it through build.ps1, which gives the version
#endif
#define Name "Reception"

[Setup]
; Never change it: by this, an upgrade knows what it upgrades.
AppId={{6E0B5C0F-6C5B-4D0E-9B0C-3F3B5C2D7A41}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
AppPublisher={#Name}
VersionInfoVersion={#Version}
DefaultDirName={autopf}\{#Name}
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
DisableDirPage=auto
DisableWelcomePage=no
UninstallDisplayIcon={app}\{#Name}.exe
SetupIconFile=..\..\build\packaging\reception.ico
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename={#Name}-{#Version}-setup
Compression=lzma2/ultra64
SolidCompression=yes
WizardStyle=modern
ShowLanguageDialog=auto
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
PrivilegesRequired=admin
PrivilegesRequiredOverridesAllowed=commandline dialog
; The program holds files of its folder open, so the Restart Manager finds it, asks it to close as Windows does at
; shutdown, and Setup goes on. It is not started again by force: a receptionist opens it when the desk is ready.
CloseApplications=yes
CloseApplicationsFilter=*.exe,*.dll,*.pyd
RestartApplications=no
#ifdef Signed
SignTool=reception
SignedUninstaller=yes
#endif

[Languages]
Name: "nb"; MessagesFile: "compiler:Languages\Norwegian.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[CustomMessages]
nb.KeepRecords=Skal timene og innstillingene som er lagret på denne datamaskinen, beholdes?%n%nVelg Ja hvis Reception skal installeres igjen, eller hvis du er usikker. Velger du Nei, slettes de for godt: timene står fortsatt i journalsystemet, men kan ikke avlyses herfra.
en.KeepRecords=Keep the appointments and settings that are saved on this computer?%n%nChoose Yes if Reception will be installed again, or if you are not sure. If you choose No they are deleted for good: the appointments are still in the EHR, but can't be cancelled from here.
nb.DesktopIcon=Lag et ikon på skrivebordet
en.DesktopIcon=Make an icon on the desktop

[Tasks]
Name: "desktopicon"; Description: "{cm:DesktopIcon}"; Flags: unchecked

[InstallDelete]
; What an earlier version had and this one does not must not be found by Python.
Type: filesandordirs; Name: "{app}\_internal"
Type: filesandordirs; Name: "{app}\licences"

[Files]
Source: "..\..\dist\{#Name}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\{#Name}"; Filename: "{app}\{#Name}.exe"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\{#Name}.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\{#Name}.exe"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent

[UninstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Code]
{ The ledger is a clinic's record. It goes only if the person who takes the program away says so: never silently, and
  only the folder of that person, since nobody may delete the others'. }
procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Folder: String;
begin
  if (CurUninstallStep <> usPostUninstall) or UninstallSilent then
    exit;
  Folder := ExpandConstant('{localappdata}\{#Name}');
  if DirExists(Folder) then
    if SuppressibleMsgBox(CustomMessage('KeepRecords'), mbConfirmation, MB_YESNO or MB_DEFBUTTON1, IDYES) = IDNO then
      DelTree(Folder, True, True, True);
end;
